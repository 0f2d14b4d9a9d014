package ai.sphinxv.functions.picture;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.BusyException.Reason;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may fetch now; nobody waits for it. A tenant gets a turn only while more are free than it has: of eight it has four at
 * most, another then two. So whoever's servers never answer leaves turns to the others, and whoever is alone has half of them.
 */
final class FetchTurns {
    private final int all;
    private final Map<String, Integer> had = new HashMap<>(); // by tenant, of those that have any
    private int free;

    FetchTurns(int all) {
        this.all = all;
        this.free = all;
    }

    /**
     * @param tenant who then has to give the turn back; empty where tenants are not told apart, and then it may have all
     * @throws BusyException if there is none for this tenant
     */
    synchronized void take(String tenant) {
        if (free == 0) {
            throw new BusyException(Reason.FETCHING, "%d pictures are being fetched already".formatted(all));
        }
        int mine = had.getOrDefault(tenant, 0);
        if (!tenant.isEmpty() && mine >= free) {
            throw new BusyException(
                    Reason.OVER_SHARE,
                    "%d of your pictures are being fetched already, which is your share of the %d that may"
                            .formatted(mine, all));
        }
        free--;
        had.put(tenant, mine + 1);
    }

    synchronized void giveBack(String tenant) {
        free++;
        had.computeIfPresent(tenant, (name, mine) -> mine == 1 ? null : mine - 1);
    }
}
