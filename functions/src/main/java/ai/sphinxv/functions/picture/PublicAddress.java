package ai.sphinxv.functions.picture;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are the open internet's: none that leads into a network, to this machine, to many machines at once or,
 * written inside another, to one of those. After IANA's registries of special-purpose addresses (RFC 6890).
 */
final class PublicAddress {
    private static final List<Block> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8",
                    "100.64.0.0/10", // carrier-grade NAT
                    "127.0.0.0/8",
                    "169.254.0.0/16", // link-local, and the metadata of clouds
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24", // documentation
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, broadcast
                    "2001::/23", // Teredo, ORCHID, benchmarks
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4
                    "2620:4f:8000::/48",
                    "3fff::/20") // documentation
            .map(Block::of)
            .toList();

    /** All global unicast addresses of version 6 so far; NAT64, mapped, local and multicast ones lie outside. */
    private static final Block GLOBAL = Block.of("2000::/3");

    /** The middle of an address that ISATAP makes of one of version 4. */
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (NOT_PUBLIC.stream().anyMatch(block -> block.holds(address))) {
            return false;
        }
        return address instanceof Inet4Address || (GLOBAL.holds(address) && !isIsatap(address.getAddress()));
    }

    private static boolean isIsatap(byte[] address) {
        return Arrays.equals(address, 9, 12, ISATAP, 1, 4) && (address[8] & ~0x03) == 0;
    }

    /** The addresses that begin with the same bits. */
    private record Block(byte[] start, int bits) {
        static Block of(String cidr) {
            String[] parts = cidr.split("/", 2);
            try {
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e); // literals are not looked up
            }
        }

        boolean holds(InetAddress address) {
            byte[] other = address.getAddress();
            if (other.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((other[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
