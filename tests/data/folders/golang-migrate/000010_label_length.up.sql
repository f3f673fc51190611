ALTER TABLE sensor ADD CONSTRAINT sensor_label_check CHECK (length(label) < 40);
