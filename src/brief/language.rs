//! Whether a text is in English: the lists, the tagger and the network know no other language.

use crate::base::{Clip, Span};

/// How many words are looked at: the language of a text shows early.
const SAMPLE: usize = 400;

/// Words that English sentences can hardly do without, but for those that many of the languages below have as well (a, in, on, no, as).
const ENGLISH: &str = "the of and to is are for with that by from can has have each be or an when must should which will it not this they who we you your our if only their than";

/// Words that sentences of other languages written in Latin letters can hardly do without, from general knowledge: Spanish, Portuguese,
/// French, Italian, Romanian, German, Dutch, Polish, Czech, Swedish, Danish, Indonesian, Turkish, Vietnamese. Those that English has as well (con, pro) are rare in it.
const OTHERS: &str = "de la el los las del que en una un con por para se su sus es como ser cada puede pueden debe deben \
    não em um uma com ao pode deve são le les du et est une dans qui avec au aux chaque peut doit être leur \
    di che gli nel della dei delle sono ogni può și din care pentru este \
    der das und ist von mit für dem ein eine einen auf zu nicht werden wird oder jede jeder kann zur zum \
    het een van voor te zijn dat niet wordt worden elke się jest oraz dla przez lub może pro jsou nebo může \
    och att är som för på med av ett inte varje og til ikke hver skal \
    yang dan untuk dengan pada dari adalah dapat oleh setiap atau tidak dalam bir için ile olarak veya \
    và của là cho có được với các trong không";

/// Whether a text is in another language than English, code aside. Reads the beginning of the text.
pub(super) fn is_other(text: &str, fences: &[Span]) -> bool {
    let starts = std::iter::once(0).chain(fences.iter().map(|it| it.end as usize));
    let ends = fences.iter().map(|it| it.start as usize).chain([text.len()]);
    let pieces = starts.zip(ends).map(|(start, end)| text.clip(start..end));
    let words = pieces.flat_map(|it| it.split(|it: char| !it.is_alphabetic())).filter(|it| !it.is_empty());
    let (mut all, mut english, mut others) = (0, 0, 0);
    let (mut letters, mut foreign) = (0, 0);
    for word in words.take(SAMPLE) {
        let is_of = |list: &str| list.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(word));
        all += 1;
        english += usize::from(is_of(ENGLISH));
        others += usize::from(!word.is_ascii() || is_of(OTHERS));
        letters += word.chars().count();
        foreign += word.chars().filter(|it| !is_latin(*it)).count();
    }
    // A sign of Chinese tells as much as two letters or more. Fewer than five words may be names, or codes of languages.
    foreign * 3 > letters || others >= 5 && others * 12 >= all && others > english * 2
}

/// Whether a letter is of the blocks of Latin letters, those of Vietnamese with them.
fn is_latin(it: char) -> bool {
    matches!(it, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::read;

    #[test]
    fn sentences_tell_their_language() {
        let others = [
            "Los clientes hacen pedidos de productos. Cada pedido tiene una fecha y un estado.",
            "Jeder Kunde hat einen Namen und eine Adresse. Ein Auftrag gehört zu einem Kunden und wird von einem Mitarbeiter bearbeitet.",
            "Les clients passent des commandes. Chaque commande contient des lignes avec un produit et une quantité.",
            "Pengguna dapat membuat pesanan yang berisi produk dengan jumlah dan harga untuk setiap toko.",
            "Клиент делает заказ. В заказе есть товары, у каждого цена и количество.",
            "客户下订单。每个订单有日期、状态和多个商品。",
            "会員は本を借りる。貸出には日付がある。",
        ];
        for text in others {
            assert!(is_other(text, &[]), "{text}");
        }
    }

    #[test]
    fn names_and_codes_are_no_language() {
        let english = [
            "",
            "Order management. Manage orders and their line items.",
            "Clínica de la Cruz: patients, visits, invoices",
            "Languages: en, de, fr, es, it, pt",
            "orders, customers, products",
            "Die cutting shop. Dies, jobs, sheets; each job has a die and a due date.",
            "# 弹珠台\n\nEach machine has a serial number and stands at a venue.",
        ];
        for text in english {
            assert!(!is_other(text, &[]), "{text}");
        }
    }

    #[test]
    fn of_another_language_only_what_is_written_down_is_read() {
        let text = "# Pedidos\n\nLos clientes hacen pedidos de los productos que están en la tienda.\n\n```prisma\nmodel Cliente {\n  id Int @id\n  nombre String\n}\n```\n";
        let reading = read(text);
        assert!(reading.other_language);
        let names: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["cliente"]);
        let reading = read("A customer places orders.");
        assert!(!reading.other_language);
    }
}
