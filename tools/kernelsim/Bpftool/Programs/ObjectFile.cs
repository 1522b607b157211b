using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>
/// Files of programs: object files in ELF, which are the host's, native modules, which are the machine's, and files that are neither.
/// </summary>
internal static class ObjectFile
{
    private static readonly string[] s_ofModules = [".sys", ".dll"];

    /// <summary>The largest file that is read: a larger one is no object file.</summary>
    private const int LargestFile = 16 << 20;

    /// <summary>Opens a file; null if the library refuses it.</summary>
    public static bpf_object? Open(BpftoolContext context, string path)
    {
        Libbpf library = context.Kernel.Library;
        if (s_ofModules.Contains(Path.GetExtension(path)) || context.Host.OpenRead(path, out Stream? content) != Errno.None)
        {
            return library.bpf_object__open_file(path);
        }

        using Stream stream = content!;
        byte[] bytes = new byte[LargestFile];
        int length;
        try
        {
            length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (HostFiles.ErrnoOf(exception) is not null)
        {
            length = 0;
        }

        using HeapBlock block = new(context.Kernel.Memory, (uint)Math.Max(length, 1));
        bytes.AsSpan(0, length).CopyTo(block.Bytes);
        block.Push();
        return library.bpf_object__open_mem(block.Address, (ulong)length, path);
    }

    /// <summary>What is wrong with a file that could not be opened.</summary>
    /// <param name="host">The host that a file is looked for on, unless it is a module's, which are the machine's.</param>
    /// <param name="path">Its path.</param>
    /// <param name="library">The library, which has just refused it.</param>
    public static string ProblemWith(IBpftoolHost host, string path, Libbpf library)
    {
        // The machine's own errno for a missing file is the one that stands for all the rest.
        Errno errno = library.LastRefusal?.Is(CheckTable.ApiObjectFile) == true ? Errno.ENOENT : library.errno;
        string general = $"failed to open {path}: {ReasonOf(library.LastRefusal, errno)}";
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

    /// <summary>What is wrong in an object file, with its place; of another file only the errno.</summary>
    private static string ReasonOf(Refusal? refusal, Errno errno) =>
        refusal is not null && !refusal.Is(CheckTable.ApiObjectFile) ? refusal.Line : ErrnoText.Of(errno);
}
