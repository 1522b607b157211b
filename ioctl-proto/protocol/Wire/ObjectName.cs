using System.Runtime.CompilerServices;
using System.Text;

namespace KernelSim.Protocol.Messages;

/// <summary>The name of a map or program in an info structure: 64 bytes of UTF-8 in place, padded with zeros.</summary>
[InlineArray(EbpfLimits.MapNameLength)]
public struct ObjectName
{
    private byte _element;

    /// <summary>The name as text, up to the first zero byte.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<byte> bytes = this;
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
