using System.Runtime.CompilerServices;
using System.Text;

namespace KernelSim.Protocol.Messages;

/// <summary>The name of a map or program in an info structure: 64 bytes of UTF-8 in place, padded with zeros.</summary>
[InlineArray(EbpfLimits.MapNameLength)]
public struct ObjectName
{
    private byte _element;

    /// <summary>The name as text, up to the first zero byte.</summary>
    public override readonly string ToString() => Encoding.UTF8.GetString(UpToZero(this));

    /// <summary>Whether the name is this text. Allocates nothing.</summary>
    public readonly bool Is(string text)
    {
        Span<char> name = stackalloc char[EbpfLimits.MapNameLength];
        return name[..Encoding.UTF8.GetChars(UpToZero(this), name)].SequenceEqual(text);
    }

    private static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }
}
