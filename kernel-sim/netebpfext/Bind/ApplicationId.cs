using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Bind;

/// <summary>The application's path in UTF-16; a program sees the part after the last backslash.</summary>
internal static unsafe class ApplicationId
{
    /// <summary>Points a context at a path, which must stay in kernel memory, or pinned, as long as the context.</summary>
    /// <returns>Success, or <see cref="EbpfResult.InvalidArgument"/> for an odd number of bytes.</returns>
    public static EbpfResult Set(BindMd* context, byte* path, int bytes)
    {
        context->AppIdStart = path;
        context->AppIdEnd = path + bytes;
        if (bytes % sizeof(char) != 0)
        {
            return EbpfResult.InvalidArgument;
        }

        int folder = MemoryMarshal.Cast<byte, char>(new ReadOnlySpan<byte>(path, bytes)).LastIndexOf('\\');
        context->AppIdStart = path + ((folder + 1) * sizeof(char));
        return EbpfResult.Success;
    }
}
