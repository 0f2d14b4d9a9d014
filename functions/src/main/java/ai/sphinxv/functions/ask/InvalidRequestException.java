package ai.sphinxv.functions.ask;

/** A request with a mistake outside its picture and marks. The message is written for who sent it. */
public final class InvalidRequestException extends IllegalArgumentException {
    public InvalidRequestException(String message) {
        super(message);
    }
}
