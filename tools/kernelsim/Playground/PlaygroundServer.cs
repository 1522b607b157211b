using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KernelSim.Protocol;

namespace KernelSim.Tool.Playground;

/// <summary>
/// Serves a folder on 127.0.0.1. Requests for another host's name are refused by the listener, so that no page elsewhere can reach it under a
/// name of its own.
/// </summary>
internal sealed class PlaygroundServer : IDisposable
{
    /// <summary>The port that is tried first, so that a browser's cache and links last.</summary>
    public const int UsualPort = 8490;

    /// <summary>What the page may load: files of this server, and WebAssembly made of them.</summary>
    private const string Policy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
        + "form-action 'none'; object-src 'none'; frame-ancestors 'self'";

    private const int MostAttempts = 20;

    private readonly StaticSite _site;
    private readonly HttpListener _listener;

    private PlaygroundServer(StaticSite site, HttpListener listener, int port)
    {
        _site = site;
        _listener = listener;
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
    }

    /// <summary>The address of the page.</summary>
    public string Address { get; }

    /// <summary>Starts to listen; <see cref="ServeAll"/> answers.</summary>
    /// <param name="site">What to serve.</param>
    /// <param name="port">The port; 0 for a free one; null for the usual one, or a free one if it is taken.</param>
    /// <param name="server">Receives the server.</param>
    public static Failure? Start(StaticSite site, int? port, out PlaygroundServer? server)
    {
        if (port is > 0)
        {
            server = Listen(site, port.Value, out string? reason);
            string asked = port.Value.ToString(CultureInfo.InvariantCulture);
            return server is null ? new Failure($"playground: --port {asked} given, expected a free port: {reason}", Errno.EBUSY) : null;
        }

        server = port is null ? Listen(site, UsualPort, out _) : null;
        string? last = null;
        for (int i = 0; server is null && i < MostAttempts; i++)
        {
            // Between the search and the listening another process may take the port.
            server = Listen(site, FreePort(), out last);
        }

        return server is null ? new Failure($"playground: no port on 127.0.0.1 can be listened on: {last}", Errno.EBUSY) : null;
    }

    /// <summary>Answers requests until <see cref="Stop"/>.</summary>
    public void ServeAll()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = _listener.GetContext();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            ThreadPool.QueueUserWorkItem(static state => state.Server.Answer(state.Context), (Server: this, Context: context), preferLocal: false);
        }
    }

    /// <summary>Ends <see cref="ServeAll"/>, and the connections.</summary>
    public void Stop() => _listener.Abort();

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_listener).Dispose();

    private static PlaygroundServer? Listen(StaticSite site, int port, out string? reason)
    {
        HttpListener listener = new();
        foreach (string host in (string[])["127.0.0.1", "localhost"])
        {
            listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}/"));
        }

        try
        {
            listener.Start();
            reason = null;
            return new PlaygroundServer(site, listener, port);
        }
        catch (Exception e) when (e is HttpListenerException or SocketException)
        {
            reason = e.Message;
            listener.Close();
            return null;
        }
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Answer(HttpListenerContext context)
    {
        try
        {
            Fill(context.Request, context.Response);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or UnauthorizedAccessException or ObjectDisposedException
            or InvalidOperationException)
        {
            // The browser has gone, the server ends, or the file is not this user's to read.
            context.Response.Abort();
        }
    }

    private void Fill(HttpListenerRequest request, HttpListenerResponse response)
    {
        response.Headers["Content-Security-Policy"] = Policy;
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";

        // A page that was published anew must be seen; what has not changed is not sent again.
        response.Headers["Cache-Control"] = "no-cache";
        if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            response.Headers["Allow"] = "GET, HEAD";
            response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            return;
        }

        if (request.Url is not { } address || _site.Find(Uri.UnescapeDataString(address.AbsolutePath)) is not { } file)
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        string version = string.Create(CultureInfo.InvariantCulture, $"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        response.Headers["ETag"] = version;
        if (request.Headers["If-None-Match"] == version)
        {
            response.StatusCode = (int)HttpStatusCode.NotModified;
            return;
        }

        using FileStream content = file.OpenRead();
        response.ContentType = StaticSite.TypeOf(file.Name);
        response.ContentLength64 = content.Length;
        if (request.HttpMethod == "GET")
        {
            content.CopyTo(response.OutputStream);
        }
    }
}
