using System.Diagnostics;
using System.Net.Sockets;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>A folder for sockets that somebody else has made first, or may enter.</summary>
public sealed class StrangersFolderTests
{
    private const string Stranger = "65534";

    public static bool IsRoot => OperatingSystem.IsLinux() && Environment.UserName == "root";

    public static bool IsUnix => !OperatingSystem.IsWindows();

    [Theory(Skip = "Only root can give a folder away.", SkipUnless = nameof(IsRoot))]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_of_another_user_is_refused_by_server_and_client(bool underRuntimeFolder)
    {
        using TempFolder shared = new();
        string folder = Path.Combine(shared.Path, underRuntimeFolder ? "kernelsim" : $"kernelsim-{Environment.UserName}");
        Directory.CreateDirectory(folder);
        using Socket listener = Listen(Path.Combine(folder, "default.sock"));
        Run("chmod", "-R", "777", folder);
        Run("chown", "-R", Stranger, folder);

        (string, string?)[] where = [("XDG_RUNTIME_DIR", underRuntimeFolder ? shared.Path : null), ("TMPDIR", shared.Path)];
        ShellRun client = ShellRun.Of("echo '{\"op\":\"num_possible_cpus\"}' | kernelsim script --server -", where);
        ShellRun server = ShellRun.Of("kernelsim serve", where);

        string refusal = $"kernelsim: '{folder}' given, expected a folder for servers' sockets that is yours alone: it belongs to user {Stranger}\n";
        Assert.Equal(new ShellRun(1, "", refusal), client);
        Assert.Equal(new ShellRun(1, "", refusal), server);
        Assert.False(listener.Poll(TimeSpan.Zero, SelectMode.SelectRead), "somebody connected to the stranger");
    }

    [Fact(Skip = "Only root can give a folder away.", SkipUnless = nameof(IsRoot))]
    public void A_runtime_folder_of_another_user_is_refused()
    {
        using TempFolder shared = new();
        Run("chmod", "777", shared.Path);
        Run("chown", Stranger, shared.Path);

        ShellRun server = ShellRun.Of("kernelsim serve", ("XDG_RUNTIME_DIR", shared.Path));

        Assert.Equal(1, server.ExitCode);
        Assert.Contains(
            $"'{shared.Path}' given as XDG_RUNTIME_DIR, expected a folder of yours: it belongs to user {Stranger}",
            server.Error,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shared.Path));
    }

    [Fact(Skip = "Windows has no modes.", SkipUnless = nameof(IsUnix))]
    public void A_link_is_refused_by_server_and_client()
    {
        using TempFolder shared = new();
        using TempFolder target = new();
        Directory.CreateSymbolicLink(Path.Combine(shared.Path, "kernelsim"), target.Path);

        ShellRun server = ShellRun.Of("kernelsim serve", ("XDG_RUNTIME_DIR", shared.Path));
        ShellRun client = ShellRun.Of("kernelsim script --server - < /dev/null", ("XDG_RUNTIME_DIR", shared.Path));

        Assert.EndsWith("it is a link\n", server.Error, StringComparison.Ordinal);
        Assert.EndsWith("it is a link\n", client.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), (server.ExitCode, client.ExitCode));
    }

    [Fact(Skip = "Windows has no modes.", SkipUnless = nameof(IsUnix))]
    public void A_client_refuses_a_folder_that_others_may_enter()
    {
        using TempFolder shared = new();
        string folder = Path.Combine(shared.Path, "kernelsim");
        Directory.CreateDirectory(folder);
        Run("chmod", "777", folder);

        ShellRun client = ShellRun.Of("kernelsim script --server - < /dev/null", ("XDG_RUNTIME_DIR", shared.Path));

        Assert.Equal(1, client.ExitCode);
        Assert.EndsWith("its mode is 777, expected 700\n", client.Error, StringComparison.Ordinal);
    }

    private static Socket Listen(string path)
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    private static void Run(string program, params string[] args)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, args))!;
        Assert.Equal(0, process.EndWithin($"the end of {program}").ExitCode);
    }
}
