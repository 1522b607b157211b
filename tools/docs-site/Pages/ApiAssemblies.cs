using static KernelSim.DocsSite.Pages.Markdown;

namespace KernelSim.DocsSite.Pages;

/// <summary>The assemblies of the API reference: those that are packed for others to reference. A test compares the rows with the projects.</summary>
internal static class ApiAssemblies
{
    /// <summary>The rows, in the order of the page.</summary>
    public static IReadOnlyList<ApiAssembly> All { get; } =
    [
        new("KernelSim.Gate", "What both sides of any driver compile against: system calls, user memory, handles, status codes, checks."),
        new("KernelSim.Protocol", "eBPF's protocol: messages, results, the validator, map types, the per-CPU layout, the table of checks."),
        new("KernelSim.Nt", "The kernel: processors, locks, memory, objects, drivers and requests, processes."),
        new("KernelSim.EbpfCore", "The driver: maps, programs, helpers, links, native modules, the contract for extensions."),
        new("KernelSim.NetEbpfExt", "The extension driver: network program types and hooks, and the simulated network."),
        new("KernelSim.Bytecode", "Programs as bytes: instructions, the structural check, an interpreter and a compiler."),
        new("KernelSim.UserMode", "The library of user programs: the libbpf-shaped calls, and the typed API on top of them."),
        new("KernelSim.ObjectFiles", "Object files: ELF, BTF, maps, programs linked as libbpf links them, source lines."),
        new("KernelSim.Tracing", "The trace providers."),
        new("KernelSim.TraceAnalysis", "A trace as plain models: events, requests, losses, reports, why a request failed."),
        new("KernelSim.TraceReading", "Records traces and reads them into those models."),
        new("KernelSim.TraceView", "A trace as an HTML page."),
        new("KernelSim.Testing", "A machine in an xunit v3 test: leaks, the trace of a failing test, seeds."),
    ];

    /// <summary>The start page of the reference.</summary>
    public static SitePage Make() => new("api/index.md", new Markdown("API reference")
        .Paragraph(
            "Every public type, by namespace. Namespaces are flat, and one assembly may add to the namespace of another: "
            + "`KernelSim.Protocol` has types of two assemblies.")
        .Paragraph("A value of a per-CPU map is never one CPU's value. Every batch call states the rule for its buffers:")
        .Table(["where", "a value of a per-CPU map", "see"],
        [
            [
                "libbpf-shaped calls, on addresses",
                "`EBPF_PAD_8(value_size) * libbpf_num_possible_cpus()` bytes: one slot for each possible CPU, CPU 0 first, each padded to 8 bytes",
                "<xref:KernelSim.UserMode.Libbpf>",
            ],
            [
                "typed maps, on spans",
                "`CpuCount` values for each key, CPU 0 first, without padding: the API pads",
                "<xref:KernelSim.UserMode.PerCpuMap`2>",
            ],
            [
                "programs and helpers",
                "the slot of the processor that runs the program: `value_size` bytes",
                "<xref:KernelSim.EbpfCore.Programs.EbpfProgramContext>",
            ],
        ])
        .Heading("Assemblies")
        .Table(["assembly", "holds"], All.Select(a => (IReadOnlyList<string>)[Code(a.Name), Plain(a.Holds)]))
        .ToString());
}

/// <summary>An assembly of the API reference.</summary>
/// <param name="Name">Its name, which is its file's without the extension.</param>
/// <param name="Holds">What it holds, in a sentence.</param>
internal sealed record ApiAssembly(string Name, string Holds);
