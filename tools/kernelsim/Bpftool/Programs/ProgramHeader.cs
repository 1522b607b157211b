using System.Globalization;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>The facts that a program is told by: <c>show</c> begins with them, and <c>dump</c> of several programs puts them before each.</summary>
internal static class ProgramHeader
{
    /// <summary>Writes them as members of an open object.</summary>
    public static void Write(BpftoolJson json, ProgramFacts facts)
    {
        json.Number("id", facts.Info.Id);
        NumberNames.Write(json, "type", Libbpf.libbpf_bpf_prog_type_str(facts.Info.Type), (uint)facts.Info.Type);
        string name = facts.Info.Name.ToString();
        if (name.Length > 0)
        {
            json.Text("name", name);
        }

        json.Text("tag", ProgramTag.Spell(facts.Tag));
        json.Bool("gpl_compatible", false);
    }

    /// <summary>Writes a line of them.</summary>
    public static void Write(TextWriter output, ProgramFacts facts)
    {
        string type = Libbpf.libbpf_bpf_prog_type_str(facts.Info.Type) ?? $"type {(uint)facts.Info.Type}";
        string name = facts.Info.Name.ToString();
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{facts.Info.Id}: {type}  {(name.Length > 0 ? $"name {name}  " : "")}tag {ProgramTag.Spell(facts.Tag)}\n"));
    }
}
