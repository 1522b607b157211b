namespace KernelSim.Tool.Doctor.Things;

/// <summary>clang with the target bpf, which compiles C to eBPF bytecode.</summary>
internal sealed class Clang : IHostThing
{
    /// <inheritdoc/>
    public string Id => "clang";

    /// <inheritdoc/>
    public string Name => "clang";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        const string Means =
            "eBPF programs in C cannot be compiled here. Only the optional task per-cpu/in-c uses it; without it, its counter.o is judged.";
        string advice = host.Install("clang", "llvm", "LLVM.LLVM");
        return host.Find("clang") is not { } path ? Finding.Missing("None on the PATH", Means, advice)
            : host.Ask(path, "-print-targets") is not { } targets ? Finding.Missing($"{path} does not start", Means, advice)
            : targets.Split('\n').Any(t => t.TrimStart().StartsWith("bpf ", StringComparison.Ordinal))
            ? Finding.Ok($"{path}, with target bpf", "It compiles eBPF programs in C to object files. Only the optional task per-cpu/in-c uses it.")
            : Finding.Limited($"{path}, without target bpf", Means, advice);
    }
}
