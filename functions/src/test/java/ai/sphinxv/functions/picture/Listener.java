package ai.sphinxv.functions.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a socket, which may say whatever no decent server says. It counts who connects, and keeps what was asked. */
final class Listener implements AutoCloseable {
    /** Answers a request, given by its lines, as it likes. */
    interface Behaviour {
        void answer(List<String> request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket = new ServerSocket();
    private final Behaviour behaviour;
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger gone = new AtomicInteger();
    final List<List<String>> requests = new CopyOnWriteArrayList<>();

    /** @param port 0 for any */
    Listener(String address, int port, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            var request = new ArrayList<String>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                request.add(line);
            }
            if (!request.isEmpty()) {
                requests.add(request);
                behaviour.answer(request, client.getOutputStream());
            }
        } catch (SocketException e) {
            gone.incrementAndGet(); // the client hung up while it was being told
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A head, whose lines end as HTTP has it, and a body. */
    static void write(OutputStream out, String head, byte[] body) throws IOException {
        out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    static void write(OutputStream out, String head) throws IOException {
        write(out, head, new byte[0]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
