using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>
/// A program's tag: 8 bytes that tell programs apart. Linux hashes the instructions; a native program has none that could be read, so that
/// this hashes what tells where its code is: its module's file, its section and its name.
/// </summary>
internal static class ProgramTag
{
    private const int Digits = 16;

    /// <summary>A program's tag; 0 if it is not known.</summary>
    public static ulong Of(BpftoolKernel kernel, int fd)
    {
        BpfProgInfo info = default;
        return kernel.GetInfo(fd, ref info) == 0
            && kernel.Library.ebpf_program_query_info(fd, out _, out string file, out string section) == EbpfResult.Success
            ? BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{section}\n{info.Name}")))
            : 0;
    }

    /// <summary>Reads a tag.</summary>
    public static bool TryParse(string text, out ulong tag) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tag) && text.Length == Digits;

    /// <summary>A tag as it is printed.</summary>
    public static string Spell(ulong tag) => tag.ToString("x16", CultureInfo.InvariantCulture);
}
