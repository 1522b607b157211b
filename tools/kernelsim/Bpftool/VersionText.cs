namespace KernelSim.Tool.Bpftool;

/// <summary>The version of bpftool whose words and output these are.</summary>
internal static class VersionText
{
    /// <summary>Prints it.</summary>
    /// <returns>0.</returns>
    public static int Print(BpftoolOutput output)
    {
        if (output.Json is not { } json)
        {
            output.Out.Write("bpftool v7.1.0\nusing libbpf v1.1\nfeatures: libbpf_strict\n");
            return 0;
        }

        json.BeginObject();
        json.Text("version", "7.1.0");
        json.Text("libbpf_version", "1.1");
        json.Name("features");
        json.BeginObject();
        json.Bool("libbfd", false);
        json.Bool("libbpf_strict", true);
        json.Bool("skeletons", false);
        json.EndObject();
        json.EndObject();
        return 0;
    }
}
