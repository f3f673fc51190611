ALTER TABLE sensor DROP CONSTRAINT sensor_label_check;
