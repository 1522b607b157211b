using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Calls;

/// <summary>Values that are objects: a program passes a descriptor, the kernel gets a handle.</summary>
internal static class ObjectValue
{
    private const int NoDescriptor = -1;

    /// <summary>Puts the object behind a descriptor into a map of maps or a program array.</summary>
    public static EbpfResult Put(
        ApiCall call, NtHandle map, int descriptor, EbpfMapOption option, ulong key, uint keySize, string keySite)
    {
        NtHandle handle = NtHandle.Invalid;
        if (descriptor != NoDescriptor)
        {
            if (!call.TryResolve(descriptor, out OpenDescriptor? entry, CheckTable.ApiValueDescriptor))
            {
                return call.Refused;
            }

            handle = entry.Handle;
        }

        return MapMessages.UpdateWithHandle(call, map, handle, option, call.Memory.Access(key, keySize, MemoryAccess.Read, keySite));
    }
}
