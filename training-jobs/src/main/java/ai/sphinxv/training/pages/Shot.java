package ai.sphinxv.training.pages;

import java.util.List;

/** A rendered page: an image file's bytes and all that was found on it. */
record Shot(byte[] image, List<FoundRegion> regions) {}
