package io.jackfield.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One element of {@code Sec-WebSocket-Extensions}: the oracle. Reads fields that are valid, no others; names cannot
 * contain what separates them, and neither can values, so that it needs no parser.
 *
 * @param name the extension's name
 * @param parameters names and values in order, each as {@code name} or {@code name=value}
 */
record Offer(String name, List<String> parameters) {

    private static final Pattern WINDOW_BITS = Pattern.compile("(?:server|client)_max_window_bits=([89]|1[0-5])");

    static List<Offer> list(String field) {
        List<Offer> offers = new ArrayList<>();
        for (String element : field.split(",")) {
            String[] parts = element.strip().split(" *; *");
            if (!parts[0].isEmpty()) {
                List<String> parameters = new ArrayList<>();
                for (int i = 1; i < parts.length; i++) {
                    parameters.add(parts[i].strip().replaceAll("[\"\\\\]", ""));
                }
                offers.add(new Offer(parts[0], parameters));
            }
        }
        return offers;
    }

    /** RFC 7692 section 7.1: what a server answers to this offer, or empty if it declines. */
    Optional<Offer> deflateAnswer(boolean noTakeover, boolean wantsNoTakeover, int maxBits, int wantedBits) {
        Map<String, Integer> demands = new LinkedHashMap<>();
        for (String parameter : parameters) {
            Matcher bits = WINDOW_BITS.matcher(parameter);
            boolean isValid = switch (parameter) {
                case "server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits" -> true;
                default -> bits.matches();
            };
            int value = isValid && bits.matches() ? Integer.parseInt(bits.group(1)) : 15;
            if (!isValid || demands.put(parameter.replaceAll("=.*", ""), value) != null) {
                return Optional.empty();
            }
        }
        List<String> answer = new ArrayList<>();
        if (noTakeover || demands.containsKey("server_no_context_takeover")) {
            answer.add("server_no_context_takeover");
        }
        if (wantsNoTakeover || demands.containsKey("client_no_context_takeover")) {
            answer.add("client_no_context_takeover");
        }
        if (demands.containsKey("server_max_window_bits")) {
            answer.add("server_max_window_bits=" + Math.min(maxBits, demands.get("server_max_window_bits")));
        }
        // Where the client did not say that it understands the parameter, it may use all of its window.
        int clientBits = Math.min(wantedBits, demands.getOrDefault("client_max_window_bits", 15));
        if (demands.containsKey("client_max_window_bits") && clientBits < 15) {
            answer.add("client_max_window_bits=" + clientBits);
        }
        return Optional.of(new Offer(name, answer));
    }
}
