using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Bind;

/// <summary>A BIND context with its header: <c>bind_context_header_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BindFrame
{
    public ProgramContextHeader Header;
    public BindMd Context;

    /// <summary>The frame of a context.</summary>
    public static BindFrame* Of(byte* context) => (BindFrame*)(context - ProgramContextHeader.ByteCount);
}
