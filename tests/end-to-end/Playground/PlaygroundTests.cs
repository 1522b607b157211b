using System.Net;
using System.Net.Sockets;
using System.Text;
using KernelSim.LabScripts.Output;
using KernelSim.Tool.Playground;

namespace KernelSim.EndToEnd.Tests.Playground;

/// <summary>The server of <c>kernelsim playground</c>, over a folder that looks like a published page.</summary>
public sealed class PlaygroundTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _page;

    public PlaygroundTests()
    {
        _page = Path.Combine(_folder.Path, "page");
        Directory.CreateDirectory(Path.Combine(_page, "_framework"));
        File.WriteAllText(Path.Combine(_page, "index.html"), "<!doctype html><title>page</title>");
        File.WriteAllBytes(Path.Combine(_page, "_framework", "dotnet.wasm"), [0, 0x61, 0x73, 0x6d]);
        File.WriteAllText(Path.Combine(_page, "main.js"), "export {};");
        File.WriteAllText(Path.Combine(_folder.Path, "secret.txt"), "secret");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("index.html", "text/html; charset=utf-8")]
    [InlineData("main.js?v=1", "text/javascript; charset=utf-8")]
    [InlineData("_framework/dotnet.wasm", "application/wasm")]
    public async Task A_file_has_its_type_and_the_policy_of_the_page(string path, string type)
    {
        using Serving serving = new(_page);
        using HttpResponseMessage answer = await serving.Get(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("default-src 'self'; ", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/_framework/../../secret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("//secret.txt")]
    [InlineData("/_framework")]
    [InlineData("/nothing.js")]
    public void A_path_out_of_the_folder_leads_nowhere(string path)
    {
        using Serving serving = new(_page);

        string answer = serving.Raw($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{serving.Port}\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_out_of_the_folder_is_not_followed()
    {
        try
        {
            File.CreateSymbolicLink(Path.Combine(_page, "link.txt"), Path.Combine(_folder.Path, "secret.txt"));
            Directory.CreateSymbolicLink(Path.Combine(_page, "folder"), _folder.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"no links can be made: {e.Message}");
        }

        using Serving serving = new(_page);
        using HttpResponseMessage answer = await serving.Get("link.txt");
        using HttpResponseMessage behind = await serving.Get("folder/secret.txt");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, behind.StatusCode));
    }

    [Fact]
    public void A_request_under_another_name_is_refused()
    {
        using Serving serving = new(_page);

        Assert.Matches("^HTTP/1.1 40[04] ", serving.Raw("GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public async Task Only_reading_is_allowed()
    {
        using Serving serving = new(_page);
        using StringContent content = new("x");
        using HttpResponseMessage answer = await serving.Client.PostAsync(
            new Uri(serving.Address + "index.html"), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_what_has_is()
    {
        using Serving serving = new(_page);
        using HttpResponseMessage first = await serving.Get("main.js");
        serving.Client.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());

        using HttpResponseMessage again = await serving.Get("main.js");
        await File.WriteAllTextAsync(Path.Combine(_page, "main.js"), "export const changed = 1;", TestContext.Current.CancellationToken);
        using HttpResponseMessage changed = await serving.Get("main.js");

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public void The_folder_that_publishing_wrote_to_is_taken_as_well()
    {
        string published = Path.Combine(_folder.Path, "published");
        Directory.CreateDirectory(published);
        Directory.Move(_page, Path.Combine(published, "wwwroot"));

        Assert.Null(PlaygroundFolder.Find("published", _folder.Path, out string folder));
        Assert.Equal(Path.Combine(published, "wwwroot"), folder);
    }

    [Fact]
    public void A_checkout_without_the_page_is_told_the_command_that_makes_it()
    {
        string project = Path.Combine(_folder.Path, "tools", "playground");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "KernelSim.Playground.csproj"), "<Project />");

        Failure? failure = PlaygroundFolder.Find(null, project, out _);

        Assert.Equal(
            $"playground: the page is not published; in '{_folder.Path}', "
                + "'dotnet publish tools/playground -c Release -o artifacts/playground' makes it",
            failure?.Message);
    }

    [Fact]
    public void A_folder_without_the_page_is_refused()
    {
        ToolRun run = ToolRun.Of("playground", "--no-browser", "--folder", _folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"kernelsim: playground: '{_folder.Path}' given, expected a folder with a published page: "
                + "it has no index.html with a _framework beside it\n",
            run.Error);
        Assert.Equal(1, ToolRun.Of("playground", "--no-browser", "--folder", Path.Combine(_folder.Path, "none")).ExitCode);
    }

    [Fact]
    public void A_port_that_is_taken_is_refused_and_one_that_nobody_asked_for_is_replaced()
    {
        using Serving serving = new(_page);

        ToolRun run = ToolRun.Of("playground", "--no-browser", "--folder", _page, "--port", $"{serving.Port}");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"kernelsim: playground: --port {serving.Port} given, expected a free port: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Of("playground", "--port", "65536").ExitCode);
        Assert.Null(PlaygroundServer.Start(new StaticSite(_page), null, out PlaygroundServer? usual));
        Assert.Null(PlaygroundServer.Start(new StaticSite(_page), null, out PlaygroundServer? other));
        using (usual)
        using (other)
        {
            Assert.NotEqual(usual!.Address, other!.Address);
        }
    }

    /// <summary>A server on a free port, and a client.</summary>
    private sealed class Serving : IDisposable
    {
        private readonly PlaygroundServer _server;
        private readonly HostThread _serving;

        public Serving(string folder)
        {
            Assert.Null(PlaygroundServer.Start(new StaticSite(folder), 0, out PlaygroundServer? server));
            _server = server!;
            _serving = HostThread.Run(_server.ServeAll);
            Port = new Uri(_server.Address).Port;
        }

        public HttpClient Client { get; } = new();

        public int Port { get; }

        public string Address => _server.Address;

        public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(new Uri(Address + path), TestContext.Current.CancellationToken);

        /// <summary>Sends a request as it is: a client would tidy its path.</summary>
        public string Raw(string request)
        {
            using TcpClient client = new("127.0.0.1", Port);
            using NetworkStream stream = client.GetStream();
            stream.Write(Encoding.ASCII.GetBytes(request));
            using StreamReader reader = new(stream, Encoding.ASCII);
            return reader.ReadToEnd();
        }

        public void Dispose()
        {
            Client.Dispose();
            _server.Stop();
            _serving.Join();
            _server.Dispose();
        }
    }
}
