package io.jackfield.api;

import java.util.List;
import java.util.Optional;

/** The policies that need no list. */
enum StandardOriginPolicy implements OriginPolicy {
    SAME_HOST("same-host") {
        @Override
        public boolean allows(String origin, Request request) {
            List<String> fields = request.headers().all("Host");
            if (fields.size() != 1) {
                return false;
            }
            Optional<String> host = Origin.hostOfField(fields.get(0));
            return host.isPresent()
                    && Origin.parse(origin)
                            .filter(Origin::isWeb)
                            .map(Origin::host)
                            .equals(host);
        }
    },

    ANY("any") {
        @Override
        public boolean allows(String origin, Request request) {
            return true;
        }
    };

    private final String text;

    StandardOriginPolicy(String text) {
        this.text = text;
    }

    /** As in the map form of the options. */
    @Override
    public String toString() {
        return text;
    }
}
