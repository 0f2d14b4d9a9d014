package ai.sphinxv.functions.ask;

/** What the API's description shows, ready to be tried: a red square on a light ground, 64x64 pixels. */
final class Examples {
    private static final String RED_SQUARE =
            "\"image\": \"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAACVBMVEXw8OvIKCgUPKA832KLAAAAN0lE"
                    + "QVR4Xu3MoREAIBADQaD/nmEymDcgUIhdlZhrDYh+PBez7FH2EwGBEBAIAYEQEAiBHwLAtgCXPQFQefdxJAAAAABJRU5ErkJggg==\"";

    static final String BOX = "{" + RED_SQUARE
            + ", \"question\": \"Please identify the labels of each marked region in the image.\", \"marks\": [{\"box\": [12, 12, 52, 52]}]}";

    static final String POINT = "{" + RED_SQUARE
            + ", \"question\": \"Please identify the labels of each marked point in the image.\", \"marks\": [{\"point\": [32, 32]}]}";

    static final String STROKE = "{" + RED_SQUARE
            + ", \"question\": \"Please provide a brief description of each marked region in the image.\","
            + " \"marks\": [{\"stroke\": [[12, 12], [52, 12], [32, 52], [12, 12]]}], \"maxTokens\": 64}";

    static final String POLYGON = "{" + RED_SQUARE
            + ", \"question\": \"Please identify the labels of each marked region in the image.\","
            + " \"marks\": [{\"polygon\": [[12, 12], [52, 12], [52, 52], [12, 52]]}]}";

    static final String MASK = "{" + RED_SQUARE
            + ", \"question\": \"Please identify the labels of each marked region in the image.\","
            + " \"marks\": [{\"mask\": {\"size\": [64, 64], \"counts\": \"\\\\h0X1h00000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000dg0\"}}]}";

    static final String WHOLE_PICTURE =
            "{" + RED_SQUARE + ", \"question\": \"What is in this picture?\", \"scope\": \"image\", \"maxTokens\": 64}";

    static final String PROBLEM = "{\"status\": 400, \"title\": \"Invalid visual prompt\","
            + " \"detail\": \"mark 1: a box needs x1 < x2 and y1 < y2, got (40.0, 10.0, 20.0, 30.0)\"}";

    private Examples() {}
}
