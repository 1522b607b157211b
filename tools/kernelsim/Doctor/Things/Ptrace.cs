namespace KernelSim.Tool.Doctor.Things;

/// <summary>ptrace(2), with which debuggers and dump tools read another process.</summary>
internal sealed class Ptrace : IHostThing
{
    private const string Users = "kernelsim debug and others (ClrMD, dotnet-dump, lldb) read a process that runs with it";
    private const string Dumps = "kernelsim dump needs none: the program dumps itself, and debug --dump opens that.";

    /// <inheritdoc/>
    public string Id => "ptrace";

    /// <inheritdoc/>
    public string Name => "ptrace";

    /// <inheritdoc/>
    public Finding Look(HostView host) => host.System switch
    {
        HostSystem.Linux => OnLinux(host),
        HostSystem.Windows => Finding.Ok("Windows needs none", "kernelsim debug and others read processes of the same user."),
        _ => Finding.Limited(
            "Only root and signed debuggers may open another process", $"{Users}. {Dumps}", "run the debugger with sudo"),
    };

    private static Finding OnLinux(HostView host)
    {
        const string Container = "run as root, in a container with docker run --cap-add=SYS_PTRACE";
        const string Means = Users + ". " + Dumps;
        string? scope = host.ReadText("/proc/sys/kernel/yama/ptrace_scope");
        bool isHeld = host.Holds(HostView.SysPtrace);
        string found = (scope is null ? "No Yama" : $"Yama's ptrace_scope is {scope}") + (isHeld ? ", with CAP_SYS_PTRACE" : ", no CAP_SYS_PTRACE");
        return scope switch
        {
            "3" => Finding.Missing(found, $"Nobody may use it until the next boot. {Means}", "boot with kernel.yama.ptrace_scope=1"),
            _ when isHeld => Finding.Ok(found, Means),
            "2" => Finding.Missing(found, $"Only who holds the capability may use it. {Means}", Container),
            "1" => Finding.Limited(
                found,
                $"{Users}, and may read only what they started. {Dumps}",
                "sudo sysctl kernel.yama.ptrace_scope=0, or run the debugger with sudo"),
            _ => Finding.Ok(found, $"{Users}, and may read processes of the same user. {Dumps}"),
        };
    }
}
