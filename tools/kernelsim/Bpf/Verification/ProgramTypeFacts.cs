using System.Collections.Frozen;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>A program type as its provider describes it.</summary>
/// <param name="Id">The type's GUID.</param>
/// <param name="Name">The type's name.</param>
/// <param name="Helpers">The ids of the helpers that its programs may call.</param>
internal sealed record ProgramTypeFacts(Guid Id, string Name, FrozenSet<uint> Helpers)
{
    /// <summary>The types that a machine of the tool has: its drivers' own data.</summary>
    public static IReadOnlyList<ProgramTypeFacts> OfTheTool()
    {
        using LabMachine lab = LabMachine.Boot(new MachineSettings { Cpus = 1 }, extensions: true);
        ProgramInfo[] provided =
        [
            .. lab.Machine.Nmr.Modules.OfType<NmrProvider>()
                .Where(m => m.NpiId == EbpfNpi.ProgramInfo)
                .Select(m => m.Characteristics)
                .OfType<ProgramData>()
                .Select(d => d.Info),
        ];
        uint[] general = [.. provided.Where(i => i.Descriptor.ProgramType == Guid.Empty).SelectMany(i => i.GlobalHelpers).Select(h => h.Id)];
        IReadOnlyList<ProgramTypeFacts> types =
        [
            .. provided.Where(i => i.Descriptor.ProgramType != Guid.Empty).Select(i => new ProgramTypeFacts(
                i.Descriptor.ProgramType, NameOf(i.Descriptor), [.. general, .. i.TypeHelpers.Select(h => h.Id)])),
        ];
        lab.Shutdown();
        return types;
    }

    private static string NameOf(ProgramTypeDescriptor type) => ProgramTypeTable.Find(type.ProgramType)?.Name ?? type.Name;
}
