using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Links;

/// <summary><c>link show</c>, <c>link list</c>.</summary>
internal static class LinkShow
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) =>
        ObjectList.Show(context, words, ObjectKind.Link, ObjectSelector.ForLinks(context), Show);

    private static int Show(BpftoolContext context, int fd, PinnedPaths pins)
    {
        BpfLinkInfo info = default;
        int result = context.Kernel.GetInfo(fd, ref info);
        if (result != 0)
        {
            context.Output.FailCall("can't get link info", result);
            return result;
        }

        if (context.Output.Json is { } json)
        {
            Write(json, info, pins);
        }
        else
        {
            Write(context.Output.Out, info, pins);
        }

        return 0;
    }

    private static void Write(BpftoolJson json, in BpfLinkInfo info, PinnedPaths pins)
    {
        json.BeginObject();
        json.Number("id", info.Id);
        NumberNames.Write(json, "type", Libbpf.libbpf_bpf_link_type_str(info.Type), (uint)info.Type);
        json.Number("prog_id", info.ProgId);
        if (info.Type == BpfLinkType.Cgroup)
        {
            json.Number("cgroup_id", 0);
            NumberNames.Write(json, "attach_type", Libbpf.libbpf_bpf_attach_type_str(info.AttachType), (uint)info.AttachType);
        }

        PinText.Write(json, pins, info.Id);
        json.EndObject();
    }

    private static void Write(TextWriter output, in BpfLinkInfo info, PinnedPaths pins)
    {
        string type = Libbpf.libbpf_bpf_link_type_str(info.Type) ?? $"type {(uint)info.Type}";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{info.Id}: {type}  prog {info.ProgId}  "));
        if (info.Type == BpfLinkType.Cgroup)
        {
            string attached = Libbpf.libbpf_bpf_attach_type_str(info.AttachType) ?? ((uint)info.AttachType).ToString(CultureInfo.InvariantCulture);
            output.Write($"\n\tcgroup_id 0  attach_type {attached}  ");
        }

        PinText.Write(output, pins, info.Id);
        output.Write('\n');
    }
}
