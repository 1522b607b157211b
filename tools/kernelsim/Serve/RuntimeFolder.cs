using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Serve;

/// <summary>
/// The user's folder of servers: one socket each, named after the server. Only the user may enter it, which is the only protection of a
/// server: a user who can open its socket can do on its machine what its owner can.
/// </summary>
internal static class RuntimeFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Extension = ".sock";

    /// <summary>Path of the folder: in <c>$XDG_RUNTIME_DIR</c>, otherwise in the temporary folder, which users may share.</summary>
    public static string Location =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder && Directory.Exists(folder)
            ? Path.Combine(folder, "kernelsim")
            : Path.Combine(Path.GetTempPath(), $"kernelsim-{Environment.UserName}");

    /// <summary>Path of a server's socket.</summary>
    public static string SocketOf(string name) => Path.Combine(Location, name + Extension);

    /// <summary>The existing sockets, of running and of crashed servers.</summary>
    public static IEnumerable<string> Sockets() => Directory.EnumerateFiles(Location, "*" + Extension);

    /// <summary>Creates the folder, or makes sure that only the user can access it.</summary>
    /// <returns>Why it cannot be used; otherwise null.</returns>
    public static Failure? Prepare()
    {
        string location = Location;
        const string Expectation = "a folder for servers' sockets that is yours alone";
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(location);
                return null;
            }

            DirectoryInfo folder = Directory.CreateDirectory(location, OwnerOnly);
            if (folder.LinkTarget is not null)
            {
                return new Failure($"'{location}' given, expected {Expectation}: it is a link", Errno.EACCES);
            }

            // Only its owner can: another user may have created it first, if users share the parent folder.
            File.SetUnixFileMode(location, OwnerOnly);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return new Failure($"'{location}' given, expected {Expectation}: it is somebody else's, or may not be made", Errno.EACCES);
        }
        catch (Exception exception) when (Failure.FromHost(location, Expectation, exception) is { } failure)
        {
            return failure;
        }
    }
}
