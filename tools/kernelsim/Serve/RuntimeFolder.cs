using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Serve;

/// <summary>
/// The user's folder of servers: one socket each, named after the server. Nobody else may enter it, which is all that protects a
/// server: whoever can open its socket can do on its machine what its owner can.
/// </summary>
internal static class RuntimeFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Extension = ".sock";

    /// <summary>Where it is: in <c>$XDG_RUNTIME_DIR</c>, else in the temporary folder, which users may share.</summary>
    public static string Location =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder && Directory.Exists(folder)
            ? Path.Combine(folder, "kernelsim")
            : Path.Combine(Path.GetTempPath(), $"kernelsim-{Environment.UserName}");

    /// <summary>The socket of a server.</summary>
    public static string SocketOf(string name) => Path.Combine(Location, name + Extension);

    /// <summary>The sockets that are there, of servers that run and of ones that died.</summary>
    public static IEnumerable<string> Sockets() => Directory.EnumerateFiles(Location, "*" + Extension);

    /// <summary>Makes the folder, or makes sure that it is the user's alone.</summary>
    /// <returns>Why it is not to be used; null when it is.</returns>
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

            // Only its owner can: somebody else may have made it first, where users share the folder above.
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
