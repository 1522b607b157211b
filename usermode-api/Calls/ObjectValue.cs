using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Calls;

/// <summary>Values that are objects: a program passes a descriptor, the kernel gets a handle.</summary>
internal static class ObjectValue
{
    /// <summary>The descriptor that stands for no object.</summary>
    public const int NoDescriptor = -1;

    /// <summary>Puts the object behind a descriptor into a map of maps or a program array.</summary>
    public static EbpfResult Put(
        ApiCall call, NtHandle map, int descriptor, EbpfMapOption option, ulong key, uint keySize, string keySite) =>
        TryResolve(call, descriptor, out NtHandle handle)
            ? MapMessages.UpdateWithHandle(call, map, handle, option, call.Memory.Access(key, keySize, MemoryAccess.Read, keySite))
            : call.Refused;

    /// <summary>The handle that the kernel gets for a descriptor: none for <see cref="NoDescriptor"/>.</summary>
    /// <returns>False when there is no such descriptor; the call has been refused.</returns>
    public static bool TryResolve(ApiCall call, int descriptor, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        if (descriptor == NoDescriptor)
        {
            return true;
        }

        if (!call.TryResolve(descriptor, out OpenDescriptor? entry, CheckTable.ApiValueDescriptor))
        {
            return false;
        }

        handle = entry.Handle;
        return true;
    }
}
