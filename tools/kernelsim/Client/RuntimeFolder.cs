using System.Runtime.Versioning;
using KernelSim.Protocol;

namespace KernelSim.Tool.Client;

/// <summary>
/// The user's folder of servers, open: one socket each, named after the server. Nobody else may enter it, which protects a server:
/// whoever can open its socket can do on its machine what its owner can.
/// </summary>
/// <remarks>
/// On Linux the folder is opened first and looked at then, and its sockets are reached through the open folder: whoever owns the folder
/// above can put another one in its place, which is not met. On other hosts its path is all there is. On Windows the temporary folder
/// is the user's own, and nothing is checked.
/// </remarks>
internal sealed class RuntimeFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Extension = ".sock";
    private const string Expectation = "a folder for servers' sockets that is yours alone";

    private readonly OpenFolder? _open;

    private RuntimeFolder(OpenFolder? open) => _open = open;

    /// <summary>Where it is: in <c>$XDG_RUNTIME_DIR</c>, else in the temporary folder, which users may share.</summary>
    public static string Location => Above is { } folder
        ? Path.Combine(folder, "kernelsim")
        : Path.Combine(Path.GetTempPath(), $"kernelsim-{Environment.UserName}");

    /// <summary>The sockets that are there, of servers that run and of ones that died: paths to reach them by.</summary>
    public IEnumerable<string> Sockets => Directory.EnumerateFiles(Entry, "*" + Extension);

    private static string? Above =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    private string Entry => _open?.Entry ?? Location;

    /// <summary>The socket of a server, for people to read.</summary>
    public static string SocketOf(string name) => Path.Combine(Location, name + Extension);

    /// <summary>The socket of a server, to reach it by as long as the folder is open.</summary>
    public string WayTo(string name) => Path.Combine(Entry, name + Extension);

    /// <summary>Opens the folder, and makes sure that it is the user's alone.</summary>
    /// <param name="make">Whether to make it, and to take rights away that others have: for a server.</param>
    /// <param name="folder">The folder; null where there is none.</param>
    /// <returns>Why it is not to be used; null when it is, and when there is none.</returns>
    public static Failure? Open(bool make, out RuntimeFolder? folder)
    {
        folder = null;
        try
        {
            if (Above is { } above && OpenFolder.OwnerOf(above) is { } owner && !OpenFolder.IsTrusted(owner))
            {
                return new Failure($"'{above}' given as XDG_RUNTIME_DIR, expected a folder of yours: it belongs to user {owner}", Errno.EACCES);
            }

            if (make && OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Location);
            }
            else if (make)
            {
                Directory.CreateDirectory(Location, OwnerOnly);
            }
            else if (!Directory.Exists(Location))
            {
                return null;
            }

            return OperatingSystem.IsWindows() ? Take(null, out folder)
                : OperatingSystem.IsLinux() ? Enter(make, out folder)
                : Check(make) ?? Take(null, out folder);
        }
        catch (UnauthorizedAccessException)
        {
            return Refusal("it is somebody else's, or may not be made");
        }
        catch (Exception exception) when (Failure.FromHost(Location, Expectation, exception) is { } failure)
        {
            return failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _open?.Dispose();

    [UnsupportedOSPlatform("windows")]
    private static Failure? Enter(bool make, out RuntimeFolder? folder)
    {
        folder = null;
        OpenFolder? open = OpenFolder.TryOpen(Location);
        if (open is null)
        {
            return Refusal(new FileInfo(Location).LinkTarget is null ? "it is no folder, or may not be read" : "it is a link");
        }

        if (open.Owner != OpenFolder.CurrentUser)
        {
            open.Dispose();
            return Refusal($"it belongs to user {open.Owner}");
        }

        if (Restrict(open.Entry, make) is { } failure)
        {
            open.Dispose();
            return failure;
        }

        return Take(open, out folder);
    }

    /// <summary>Where a folder cannot be opened, only its owner can change its rights.</summary>
    [UnsupportedOSPlatform("windows")]
    private static Failure? Check(bool make) =>
        new DirectoryInfo(Location).LinkTarget is not null ? Refusal("it is a link") : Restrict(Location, make);

    [UnsupportedOSPlatform("windows")]
    private static Failure? Restrict(string path, bool make)
    {
        UnixFileMode mode = File.GetUnixFileMode(path);
        if (mode == OwnerOnly)
        {
            return null;
        }

        if (!make)
        {
            return Refusal($"its mode is {Convert.ToString((int)mode, 8)}, expected 700");
        }

        File.SetUnixFileMode(path, OwnerOnly);
        return null;
    }

    private static Failure? Take(OpenFolder? open, out RuntimeFolder? folder)
    {
        folder = new RuntimeFolder(open);
        return null;
    }

    private static Failure Refusal(string reason) => new($"'{Location}' given, expected {Expectation}: {reason}", Errno.EACCES);
}
