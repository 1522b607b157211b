using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>Files of programs on the host: object files in ELF, which the machine does not load, and files that are none.</summary>
internal static class ObjectFile
{
    private static readonly string[] s_ofModules = [".sys", ".dll"];

    /// <summary>What is wrong with a file that could not be opened.</summary>
    /// <param name="host">The host that a file is looked for on, unless it is a module's, which are the machine's.</param>
    /// <param name="path">Its path.</param>
    /// <param name="library">The library, which has just refused it.</param>
    public static string ProblemWith(IBpftoolHost host, string path, Libbpf library)
    {
        // The machine's own errno for a missing file is the one that stands for all the rest.
        Errno errno = library.LastRefusal?.Is(CheckTable.ApiObjectFile) == true ? Errno.ENOENT : library.errno;
        string general = $"failed to open {path}: {ErrnoText.Of(errno)}";
        if (s_ofModules.Contains(Path.GetExtension(path)))
        {
            return general;
        }

        Errno reason = host.OpenRead(path, out Stream? content);
        if (reason != Errno.None)
        {
            return $"elf: failed to open {path}: {ErrnoText.Of(reason)}";
        }

        using Stream stream = content!;
        byte[] start = new byte[4];
        try
        {
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual("\u007fELF"u8)
                ? general
                : $"elf: '{path}' is not a proper ELF object";
        }
        catch (Exception exception) when (HostFiles.ErrnoOf(exception) is not null)
        {
            return $"elf: failed to open {path} as ELF file: invalid file descriptor";
        }
    }
}
