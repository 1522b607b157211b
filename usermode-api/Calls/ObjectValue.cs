using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Calls;

/// <summary>Values that are objects: a program passes a descriptor, which is sent to the kernel as a handle.</summary>
internal static class ObjectValue
{
    /// <summary>The descriptor value for no object.</summary>
    public const int NoDescriptor = -1;

    /// <summary>Stores the object behind a descriptor in a map of maps or a program array.</summary>
    public static EbpfResult Put(
        ApiCall call, NtHandle map, int descriptor, EbpfMapOption option, ulong key, uint keySize, string keySite) =>
        TryResolve(call, descriptor, out NtHandle handle)
            ? MapMessages.UpdateWithHandle(call.Channel, map, handle, option, call.Memory.Access(key, keySize, MemoryAccess.Read, keySite))
            : call.Refused;

    /// <summary>The handle for a descriptor: the invalid handle for <see cref="NoDescriptor"/>.</summary>
    /// <returns>False if there is no such descriptor; the call has been refused.</returns>
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
