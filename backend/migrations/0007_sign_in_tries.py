"""Tries to sign in are counted for all processes together."""

from peewee import BigIntegerField, CharField, IntegerField, Model


def up(migrator, db):
    class SignInTry(Model):
        key = CharField(max_length=64, primary_key=True)
        tries = IntegerField()
        last_at = BigIntegerField(index=True)
        wait_until = BigIntegerField()

        class Meta:
            database = db
            table_name = "sign_in_try"

    db.create_tables([SignInTry])


def down(migrator, db):
    db.execute_sql("DROP TABLE sign_in_try")
