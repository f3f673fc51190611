//! Streams, cut anywhere; troubles and what helps.

use proptest::prelude::*;

use crate::llm::{Hearing, MOST_TEXT, MOST_TRIES, Omit, Provider, Trouble};

const OPENAI: &str = ": comment\r\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\r\n\r\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"{\\\"ä\\\": \"},\"finish_reason\":null}]}\r\n\r\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"1}\"},\"finish_reason\":null}]}\r\n\r\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n\
    data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\r\n\r\ndata: [DONE]\r\n\r\n";

const ANTHROPIC: &str = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n\
    event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n\
    event: ping\ndata: {\"type\": \"ping\"}\n\n\
    event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"{\\\"ä\\\": \"}}\n\n\
    event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"1}\"}}\n\n\
    event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n\
    event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n\
    event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

const OLLAMA: &str = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"ä\\\": \"},\"done\":false}\n\
    {\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"1}\"},\"done\":false}\n\
    {\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n";

const ALL: [(Provider, &str); 3] =
    [(Provider::OpenAi, OPENAI), (Provider::Anthropic, ANTHROPIC), (Provider::Ollama, OLLAMA)];

fn heard(provider: Provider, chunks: &[&[u8]]) -> Result<String, Trouble> {
    let mut hearing = Hearing::new(provider);
    let mut text = String::new();
    for chunk in chunks {
        text += &hearing.hear(chunk)?;
        // The page keeps it as JSON in between.
        hearing = serde_json::from_str(&serde_json::to_string(&hearing).expect("JSON")).expect("the same");
    }
    Ok(text + &hearing.end()?)
}

#[test]
fn each_format_is_heard() {
    for (provider, stream) in ALL {
        assert_eq!(heard(provider, &[stream.as_bytes()]).as_deref(), Ok("{\"ä\": 1}"), "{provider:?}");
    }
}

#[test]
fn a_body_that_does_not_stream_is_heard() {
    let openai = "{\n \"choices\": [{\"message\": {\"content\": \"yes\"},\n \"finish_reason\": \"stop\"}]\n}";
    let anthropic = "{\"type\": \"message\", \"content\": [{\"type\": \"text\", \"text\": \"yes\"}], \"stop_reason\": \"end_turn\"}";
    let ollama = "{\"message\": {\"content\": \"yes\"}, \"done\": true}";
    for (provider, body) in
        [(Provider::OpenAi, openai), (Provider::Anthropic, anthropic), (Provider::Ollama, ollama)]
    {
        assert_eq!(heard(provider, &[body.as_bytes()]).as_deref(), Ok("yes"), "{provider:?}");
    }
}

#[test]
fn streams_that_end_badly_say_how() {
    for (provider, stream) in ALL {
        let half = &stream.as_bytes()[..stream.len() / 2];
        assert_eq!(heard(provider, &[half]), Err(Trouble::Dropped), "{provider:?}");
        assert_eq!(heard(provider, &[]), Err(Trouble::Dropped));
        assert_eq!(heard(provider, &[b"<html>Bad gateway</html>"]), Err(Trouble::NotUnderstood));
    }
    let one = |provider, line: &str| heard(provider, &[line.as_bytes(), b"\n"]);
    assert_eq!(
        one(Provider::OpenAi, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}"),
        Err(Trouble::CutOff)
    );
    assert_eq!(
        one(
            Provider::Anthropic,
            "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\"}}"
        ),
        Err(Trouble::Declined)
    );
    assert_eq!(
        one(
            Provider::Anthropic,
            "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}"
        ),
        Err(Trouble::Busy { wait: None })
    );
    assert_eq!(
        one(Provider::Ollama, "{\"error\":\"model 'x' not found\"}"),
        Err(Trouble::Told { said: "model 'x' not found".into() })
    );
    assert_eq!(one(Provider::OpenAi, "data: {broken"), Err(Trouble::NotUnderstood));
    assert_eq!(one(Provider::OpenAi, "data: [DONE]"), Err(Trouble::Silent));
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    let mut hearing = Hearing::new(Provider::OpenAi);
    let piece = format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n", "x".repeat(10_000));
    let told = (0..1_000).find_map(|it| hearing.hear(piece.as_bytes()).err().map(|trouble| (it, trouble)));
    assert_eq!(told, Some((MOST_TEXT / 10_000, Trouble::TooLong)));
    for provider in [Provider::OpenAi, Provider::Anthropic, Provider::Ollama] {
        let mut hearing = Hearing::new(provider);
        let chunk = vec![b'x'; 1_000_000];
        assert!((0..10).any(|_| hearing.hear(&chunk).is_err()), "{provider:?}");
    }
}

#[test]
fn statuses_become_words_and_waits() {
    let of = Trouble::of_status;
    assert_eq!(
        (
            of(401, None, "Incorrect API key: sk-abc").to_string().contains("sk-abc"),
            of(401, None, "").wait(1)
        ),
        (false, None)
    );
    assert_eq!((of(403, None, ""), of(403, None, "").wait(1)), (Trouble::Forbidden, None));
    assert_eq!(of(429, Some(2.0), "").wait(1), Some(2_000));
    assert_eq!(of(429, Some(3_600.0), "").wait(1), None);
    assert_eq!(of(429, Some(f64::NAN), "").wait(1), Some(1_000));
    assert_eq!(of(500, None, "").wait(1), Some(1_000));
    assert_eq!(of(503, None, "").wait(3), Some(4_000));
    assert_eq!(of(529, None, "").wait(MOST_TRIES), None);
    assert_eq!(Trouble::Timeout.wait(1), None);
    let refused = of(400, None, "{\"error\": {\"message\": \"Unsupported value: 'temperature'\"}}");
    assert_eq!(refused.without(Omit::default()), Some(Omit { temperature: true, schema: false }));
    assert_eq!(refused.without(Omit { temperature: true, schema: false }), None);
    let refused = of(400, None, "{\"error\": \"response_format is not supported\"}");
    assert_eq!(refused.without(Omit::default()), Some(Omit { temperature: false, schema: true }));
    assert!(of(418, None, &"<b>".repeat(1_000)).to_string().len() < 300);
}

proptest! {
    #[test]
    fn a_stream_says_the_same_wherever_it_is_cut(which in 0_usize..3, cuts in proptest::collection::vec(0_usize..1_000, 0..12)) {
        let (provider, stream) = ALL[which];
        let mut cuts: Vec<usize> = cuts.into_iter().map(|it| it % stream.len()).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let chunks: Vec<&[u8]> = cuts.windows(2).map(|it| &stream.as_bytes()[it[0]..it[1]]).collect();
        prop_assert_eq!(heard(provider, &chunks), Ok("{\"ä\": 1}".to_owned()));
    }

    #[test]
    fn any_bytes_are_heard_without_harm(which in 0_usize..3, chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 0..6)) {
        let (provider, stream) = ALL[which];
        let mut all: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
        // Harm or not, it has an end.
        let _ = heard(provider, &all);
        all.insert(0, &stream.as_bytes()[..stream.len() / 3]);
        let _ = heard(provider, &all);
    }
}
