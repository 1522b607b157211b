namespace KernelSim.Tool.Doctor.Things;

/// <summary>ptrace(2), with which debuggers and dump tools read another process.</summary>
internal sealed class Ptrace : IHostThing
{
    private const string Users = "Debuggers and dump tools (ClrMD, dotnet-dump, lldb) read a process that runs with it";

    /// <inheritdoc/>
    public string Id => "ptrace";

    /// <inheritdoc/>
    public string Name => "ptrace";

    /// <inheritdoc/>
    public Finding Look(HostView host) => host.System switch
    {
        HostSystem.Linux => OnLinux(host),
        HostSystem.Windows => Finding.Ok("Windows needs none", "Debuggers and dump tools read processes of the same user; no verb needs that."),
        _ => Finding.Limited(
            "Only root and signed debuggers may open another process", $"{Users}; no verb needs that.", "run the debugger with sudo"),
    };

    private static Finding OnLinux(HostView host)
    {
        const string Container = "run as root, in a container with docker run --cap-add=SYS_PTRACE";
        const string NoVerb = Users + "; no verb needs that.";
        string? scope = host.ReadText("/proc/sys/kernel/yama/ptrace_scope");
        bool isHeld = host.Holds(HostView.SysPtrace);
        string found = (scope is null ? "No Yama" : $"Yama's ptrace_scope is {scope}") + (isHeld ? ", with CAP_SYS_PTRACE" : ", no CAP_SYS_PTRACE");
        return scope switch
        {
            "3" => Finding.Missing(found, $"Nobody may use it until the next boot. {NoVerb}", "boot with kernel.yama.ptrace_scope=1"),
            _ when isHeld => Finding.Ok(found, NoVerb),
            "2" => Finding.Missing(found, $"Only who holds the capability may use it. {NoVerb}", Container),
            "1" => Finding.Limited(
                found,
                $"{Users}, and may read only what they started. dotnet-dump collect works: the program dumps itself. No verb needs it.",
                "sudo sysctl kernel.yama.ptrace_scope=0, or run the debugger with sudo"),
            _ => Finding.Ok(found, $"{Users}, and may read processes of the same user; no verb needs that."),
        };
    }
}
