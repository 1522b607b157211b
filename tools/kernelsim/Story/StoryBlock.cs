namespace KernelSim.Tool.Story;

/// <summary>One piece of the story, rendered alike on a terminal and on a page. Renderers know these few kinds and nothing about eBPF.</summary>
internal abstract record StoryBlock;
