ALTER TABLE "guest" ADD CONSTRAINT "guest_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "guest_room_idx" ON "guest" USING btree ("room_id" DESC NULLS LAST);
