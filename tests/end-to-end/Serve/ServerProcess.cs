using System.Diagnostics;
using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>A <c>kernelsim serve</c> in a host process of its own, ready when this is made. Killed in the end if it still runs.</summary>
public sealed class ServerProcess : IDisposable
{
    private static int s_names;

    private readonly System.Diagnostics.Process _process;
    private readonly Task<string> _error;

    public ServerProcess()
        : this(NewName(), null, [])
    {
    }

    private ServerProcess(string name, string? runtimeFolder, string[] args)
        : this(name, Start(runtimeFolder, ["serve", "--name", name, "-j", .. args]))
    {
    }

    private ServerProcess(string name, System.Diagnostics.Process process)
    {
        Name = name;
        _process = process;
        _error = _process.StandardError.ReadToEndAsync();
        Ready = ToolRun.Parse(
            _process.ReadLineWithin($"the server '{name}' to be ready")
                ?? throw new InvalidOperationException($"The server did not start: {_error.WaitFor("what the server has to say")}"));
    }

    /// <summary>Its name: no other test's.</summary>
    public string Name { get; }

    /// <summary>The line that it printed when it was ready.</summary>
    public JsonElement Ready { get; }

    /// <summary>Where it listens.</summary>
    public string Socket => Ready.GetProperty("socket").GetString()!;

    /// <summary>The host's number of it.</summary>
    public int Id => _process.Id;

    /// <summary>Starts one.</summary>
    public static ServerProcess With(params string[] args) => new(NewName(), null, args);

    /// <summary>Starts one whose socket is not among those of the others.</summary>
    public static ServerProcess In(string runtimeFolder, string name) => new(name, runtimeFolder, []);

    /// <summary>Starts one that its host lets open only so many files and sockets.</summary>
    public static ServerProcess WithDescriptors(int most)
    {
        string name = NewName();
        return new ServerProcess(
            name,
            Start(
                null,
                "sh",
                ["-c", $"ulimit -n {most} && exec \"$@\"", "sh", ToolProcess.Host, ToolProcess.Assembly, "serve", "--name", name, "-j"]));
    }

    /// <summary>Starts one of a name.</summary>
    public static ServerProcess Named(string name, params string[] args) => new(name, null, args);

    /// <summary>A name for a server that no other test's has.</summary>
    public static string NewName() => $"t{Interlocked.Increment(ref s_names)}";

    /// <summary>Runs lines as a script on it.</summary>
    internal ToolRun Run(string[] lines, params string[] options) =>
        ToolRun.WithInput(string.Join('\n', lines) + "\n", ["script", "--server", Name, "-", .. options]);

    /// <summary>A client that speaks for itself.</summary>
    internal LineClient Connect() => new(Socket);

    /// <summary>Ends it without a warning.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(LimitedWaits.Limit), $"The server '{Name}' did not go when it was killed.");
    }

    /// <summary>Sends it a signal that its host has: <c>TERM</c> or <c>INT</c>.</summary>
    public void Signal(string name)
    {
        HostSignals.Send(_process, name);
    }

    /// <summary>Stops it with the command for that.</summary>
    internal ToolRun Stop()
    {
        ToolRun stop = ToolRun.Of("serve", "--stop", "--name", Name);
        Assert.True(stop.ExitCode == 0, stop.Error);
        return End();
    }

    /// <summary>Waits until it has ended.</summary>
    internal ToolRun End()
    {
        (int exitCode, string rest, string error) = _process.EndWithin(
            _process.StandardOutput.ReadToEndAsync(), _error, $"the end of the server '{Name}'");
        return new ToolRun(exitCode, rest, error);
    }

    private static System.Diagnostics.Process Start(string? runtimeFolder, string[] args) =>
        Start(runtimeFolder, ToolProcess.Host, [ToolProcess.Assembly, .. args]);

    private static System.Diagnostics.Process Start(string? runtimeFolder, string program, string[] args)
    {
        ProcessStartInfo start = new(program, args);
        if (runtimeFolder is not null)
        {
            start.Environment[RuntimeFolderFixture.Variable] = runtimeFolder;
        }

        return ToolProcess.Start(start);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
