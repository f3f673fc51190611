DROP TABLE loan;
DROP TYPE loan_state;
