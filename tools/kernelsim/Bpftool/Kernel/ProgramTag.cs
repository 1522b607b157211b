using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>
/// A program's tag: the first 8 bytes of a SHA-256 that tells programs apart. As on Linux it is that of the instructions, without the maps that they
/// name. A native program has none that could be read: there it is of what tells where its code is, its module's file, its section and its name.
/// </summary>
internal static class ProgramTag
{
    private const int Digits = 16;

    /// <summary>A program's tag; 0 if it is not known.</summary>
    public static ulong Of(BpftoolKernel kernel, int fd)
    {
        BpfProgInfo info = default;
        if (kernel.GetInfo(fd, ref info) != 0)
        {
            return 0;
        }

        if (kernel.ListingOf(info.Id) is { Code.Length: > 0 } listing)
        {
            return Hash(WithoutMaps(listing.Code));
        }

        return kernel.Library.ebpf_program_query_info(fd, out _, out string file, out string section) == EbpfResult.Success
            ? Hash(Encoding.UTF8.GetBytes($"{file}\n{section}\n{info.Name}"))
            : 0;
    }

    /// <summary>Reads a tag.</summary>
    public static bool TryParse(string text, out ulong tag) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tag) && text.Length == Digits;

    /// <summary>A tag as it is printed.</summary>
    public static string Spell(ulong tag) => tag.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Hash(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(bytes));

    private static ReadOnlySpan<byte> WithoutMaps(BpfInstruction[] code)
    {
        BpfInstruction[] copy = [.. code];
        for (int at = 0; at < copy.Length; at += copy[at].IsWide ? 2 : 1)
        {
            if (copy[at].IsWide && copy[at].Source != 0)
            {
                copy[at] = copy[at] with { Immediate = 0 };
                copy[at + 1] = copy[at + 1] with { Immediate = 0 };
            }
        }

        return MemoryMarshal.AsBytes(copy.AsSpan());
    }
}
