using System.ComponentModel;
using System.Runtime.InteropServices;

namespace KernelSim.HostBpf;

/// <summary>Whether this process may use bpf(2).</summary>
/// <param name="WhyNot">Why it may not; null if it may.</param>
/// <param name="Errno">The host kernel's answer to an attempt, in Linux's numbers; null if there was none.</param>
public sealed record HostBpfAccess(string? WhyNot, int? Errno)
{
    /// <summary>Tries: creates a map of one element and closes it.</summary>
    public static HostBpfAccess Try()
    {
        if (!OperatingSystem.IsLinux())
        {
            return new HostBpfAccess("bpf(2) exists on Linux only", null);
        }

        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            return new HostBpfAccess($"the number of bpf(2) on {RuntimeInformation.ProcessArchitecture} is not known here", null);
        }

        try
        {
            HostBpfMap.Create(HostMapType.PerCpuHash, keySize: 4, valueSize: 8, maxEntries: 1).Dispose();
            return new HostBpfAccess(null, null);
        }
        catch (Win32Exception refusal)
        {
            return new HostBpfAccess($"the host kernel refuses bpf(BPF_MAP_CREATE): {refusal.Message}", refusal.NativeErrorCode);
        }
    }
}
