using System.Runtime.CompilerServices;
using System.Text;

namespace KernelSim.Protocol.Messages;

/// <summary>The name of a map or program in a structure of the <c>bpf</c> call: 16 bytes of UTF-8 in place, the last of them 0.</summary>
[InlineArray(ByteCount)]
public struct SysBpfName
{
    /// <summary>Size in bytes, including the terminator: <c>SYS_BPF_OBJ_NAME_LEN</c>.</summary>
    public const int ByteCount = 16;

    private byte _element;

    /// <summary>Creates a name from the first 15 bytes of a text.</summary>
    /// <param name="text">The name in UTF-8, without a terminator.</param>
    public static SysBpfName Of(ReadOnlySpan<byte> text)
    {
        SysBpfName name = default;
        text[..Math.Min(text.Length, ByteCount - 1)].CopyTo(name);
        return name;
    }

    /// <summary>The name as text, up to the first zero byte.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
