namespace KernelSim.Tool.Tour.Story;

/// <summary>One piece of the story, told alike on a terminal and on a page. Renderers know these few kinds and nothing of eBPF.</summary>
internal abstract record StoryBlock;
