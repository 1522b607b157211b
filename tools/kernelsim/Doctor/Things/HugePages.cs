namespace KernelSim.Tool.Doctor.Things;

/// <summary>Transparent huge pages, which the kernel's pool asks for.</summary>
internal sealed class HugePages : IHostThing
{
    private const string Path = "/sys/kernel/mm/transparent_hugepage/enabled";

    /// <inheritdoc/>
    public string Id => "huge-pages";

    /// <inheritdoc/>
    public string Name => "huge pages";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        const string Slower = "Pages are small: calls on maps of millions of elements take longer. Results are the same.";
        if (host.System != HostSystem.Linux)
        {
            return Finding.Limited("Pool asks for them on Linux only", Slower, null);
        }

        string? modes = host.ReadText(Path);
        string chosen = modes?.Split('[', ']') is [_, var mode, ..] ? mode : "";
        return chosen is "always" or "madvise"
            ? Finding.Ok($"Transparent huge pages: {chosen}", "Large blocks of pool and of large maps lie in them.")
            : Finding.Limited(
                modes is null ? "The host kernel has none" : "Transparent huge pages: never",
                Slower,
                modes is null ? null : $"echo madvise | sudo tee {Path}");
    }
}
