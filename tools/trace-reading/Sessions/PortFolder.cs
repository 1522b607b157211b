using System.Security.Cryptography;
using System.Text;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A folder for one port's socket, which other users may not enter. Deleted with what is in it when disposed of.</summary>
internal sealed class PortFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The longest path of a socket: <c>sun_path</c> without its terminating zero.</summary>
    private static readonly int s_longestSocket = OperatingSystem.IsLinux() ? 107 : 103;

    private readonly string _path;

    private PortFolder(string path) => _path = path;

    /// <summary>The socket's path.</summary>
    public string Socket => SocketIn(_path);

    /// <summary>Makes the folder in the first place that takes it: the temporary folder, or one of those that every host has.</summary>
    /// <exception cref="TargetException">No place takes it; the message names each, and why not.</exception>
    public static PortFolder Create()
    {
        List<string> refusals = [];
        foreach (string place in Places())
        {
            string path = Path.Combine(place, $"kernelsim-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
            if (WhyNot(place, path) is not { } refusal)
            {
                return new PortFolder(path);
            }

            refusals.Add($"'{place}' ({refusal})");
        }

        throw new TargetException(
            $"no folder for the recorder's socket, expected one to write to in TMPDIR, XDG_RUNTIME_DIR or /tmp: {string.Join(", ", refusals)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else has deleted it, or has taken the right to.
        }
    }

    private static IEnumerable<string> Places() =>
        new[] { Path.GetTempPath(), Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/tmp", "/var/tmp", "/dev/shm" }
            .OfType<string>().Where(p => p.Length > 0).Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p))).Distinct();

    private static string SocketIn(string path) => Path.Combine(path, "port");

    private static string? WhyNot(string place, string path)
    {
        // DOTNET_DiagnosticPorts separates ports with the one and options with the other.
        if (path.AsSpan().IndexOfAny(';', ',') >= 0)
        {
            return "a path with ; or ,";
        }

        int length = Encoding.UTF8.GetByteCount(SocketIn(path));
        if (length > s_longestSocket)
        {
            return $"a socket's path of {length} bytes, expected at most {s_longestSocket}";
        }

        if (!Directory.Exists(place))
        {
            return File.Exists(place) ? "a file" : "there is no such folder";
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "permission denied";
        }
        catch (IOException e)
        {
            return e.Message.TrimEnd('.');
        }
    }
}
