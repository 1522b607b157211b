using KernelSim.HostBpf;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The host kernel's own bpf(2), which KernelSim is compared with: a map is created.</summary>
internal sealed class HostKernelBpf : IHostThing
{
    private const string Switch = "/proc/sys/kernel/unprivileged_bpf_disabled";
    private const int NotPermitted = 1;
    private const int OutOfMemory = 12;
    private const int NoSuchCall = 38;

    /// <inheritdoc/>
    public string Id => "bpf";

    /// <inheritdoc/>
    public string Name => "bpf(2)";

    /// <inheritdoc/>
    public Finding Look(HostView host) => Judge(host, HostBpfAccess.Try());

    /// <summary>What an attempt means.</summary>
    public static Finding Judge(HostView host, HostBpfAccess access)
    {
        if (access.WhyNot is not { } reason)
        {
            return Finding.Ok("A map was created", "The tests and bench compare with the host kernel's own maps.");
        }

        const string Means = "Tests that compare with the host kernel are skipped, and bench leaves it out. No verb needs it.";
        string setting = host.ReadText(Switch) is { } value ? $" (unprivileged_bpf_disabled is {value})" : "";
        return access.Errno switch
        {
            null => Finding.Missing(reason, Means, host.System == HostSystem.Linux ? null : "compare on Linux, in a virtual machine or WSL 2"),
            NoSuchCall => Finding.Missing(reason, Means, "run a kernel with CONFIG_BPF_SYSCALL; some sandboxes have no bpf(2)"),
            NotPermitted => Finding.Missing(
                reason + setting,
                Means,
                "run as root or with CAP_BPF; in a container: docker run --cap-add=BPF --cap-add=SYS_ADMIN --security-opt seccomp=unconfined"),
            OutOfMemory => Finding.Missing(reason + setting, Means, "raise the limit of locked memory: ulimit -l unlimited"),
            _ => Finding.Missing(reason + setting, Means, null),
        };
    }
}
