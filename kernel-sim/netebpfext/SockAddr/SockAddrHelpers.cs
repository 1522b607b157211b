using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>Helpers of CGROUP_SOCK_ADDR programs. Those without the type's name in theirs replace the driver's own.</summary>
internal static unsafe class SockAddrHelpers
{
    private const ulong Failed = ulong.MaxValue; // -1

    /// <summary><c>bpf_get_current_logon_id</c>: the process's logon session, 0 without a token.</summary>
    public static ulong GetCurrentLogonId(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        SockAddrFrame* frame = SockAddrFrame.Of((byte*)context);
        return frame->HasToken ? frame->LogonId : 0;
    }

    /// <summary><c>bpf_is_current_admin</c>: 1 or 0, -1 without a token.</summary>
    public static ulong IsCurrentAdmin(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        SockAddrFrame* frame = SockAddrFrame.Of((byte*)context);
        return !frame->HasToken ? Failed : frame->IsAdministrator ? 1u : 0u;
    }

    /// <summary><c>bpf_get_socket_cookie</c>: the socket's cookie; 0 before it has one.</summary>
    public static ulong GetSocketCookie(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5) =>
        SockAddrFrame.Of((byte*)context)->EndpointId;

    /// <summary>
    /// <c>bpf_sock_addr_set_redirect_context</c>: stores bytes for the connecting process, replacing earlier ones. Connect programs
    /// only. Returns 0 or -1.
    /// </summary>
    public static ulong SetRedirectContext(in HelperCall call, ulong context, ulong data, ulong size, ulong r4, ulong r5)
    {
        SockAddrFrame* frame = SockAddrFrame.Of((byte*)context);
        uint bytes = (uint)size;
        if (data == 0 || bytes == 0 || frame->Hook is not (BpfAttachType.CgroupInet4Connect or BpfAttachType.CgroupInet6Connect))
        {
            return Failed;
        }

        Pool pool = call.Thread.Machine.Pool;
        byte* kept = pool.Allocate(bytes, NetPoolTags.Extension, zero: false);
        if (kept == null)
        {
            return Failed;
        }

        Buffer.MemoryCopy((byte*)data, kept, bytes, bytes);
        FreeRedirectContext(pool, ref *frame);
        frame->RedirectContext = kept;
        frame->RedirectContextBytes = bytes;
        return 0;
    }

    /// <summary>
    /// <c>bpf_sock_addr_get_network_context</c>: the route of the connection, as much as the program has room for. Returns 0, or -1 if
    /// it is unknown: a connection that has not been routed yet.
    /// </summary>
    public static ulong GetNetworkContext(in HelperCall call, ulong context, ulong room, ulong size, ulong r4, ulong r5)
    {
        uint bytes = (uint)size;
        if (room == 0 || bytes == 0)
        {
            return Failed;
        }

        Span<byte> target = new((byte*)room, (int)bytes);
        target.Clear();
        SockAddrFrame* frame = SockAddrFrame.Of((byte*)context);
        if (frame->Hook is BpfAttachType.Unspec or BpfAttachType.CgroupInet4Connect or BpfAttachType.CgroupInet6Connect)
        {
            return Failed;
        }

        SockAddrNetworkContext known = SockAddrProgramType.NetworkContextOf(*frame);
        new ReadOnlySpan<byte>(&known, (int)Math.Min(bytes, SockAddrNetworkContext.ByteCount)).CopyTo(target);
        return 0;
    }

    /// <summary>Frees a redirect context.</summary>
    public static void FreeRedirectContext(Pool pool, ref SockAddrFrame frame)
    {
        if (frame.RedirectContext != null)
        {
            pool.Free(frame.RedirectContext, NetPoolTags.Extension);
            frame.RedirectContext = null;
            frame.RedirectContextBytes = 0;
        }
    }
}
