package ai.sphinxv.functions.function;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnderstandFunctionTest {
    @Test
    void aWrongTypeIsToldByTheNameOfItsField() {
        Response refusal =
                given().contentType(ContentType.JSON).body("{\"image\": 5}").post("/understand");

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.contentType()).isEqualTo("application/problem+json");
        assertThat(refusal.jsonPath().getString("detail")).isEqualTo("image needs to be text");
    }

    @Test
    void nothingAtAllIsAProblemToo() {
        Response refusal = given().contentType(ContentType.JSON).post("/understand");

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.jsonPath().getString("detail"))
                .isEqualTo("the function needs one object with image, question and marks");
    }

    @Test
    void bothDoorsNameTheMethodThatTheyTake() {
        for (String path : new String[] {"/understand", "/v1/understand"}) {
            Response refusal = given().put(path);

            assertThat(refusal.statusCode()).as(path).isEqualTo(405);
            assertThat(refusal.header("Allow")).as(path).isEqualTo("POST");
        }
    }
}
