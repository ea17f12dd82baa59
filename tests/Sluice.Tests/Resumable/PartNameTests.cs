using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>Which names are those of parts.</summary>
public sealed class PartNameTests
{
    [Fact]
    public void The_name_of_a_part_is_known_as_one()
    {
        var name = PartName.Of(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));

        Assert.Equal("partial-uploads/00112233445566778899aabbccddeeff", name);
        Assert.True(PartName.Is(name));
    }

    [Theory]
    [InlineData("partial-uploads/")]
    [InlineData("partial-uploads/report.pdf")]
    [InlineData("partial-uploads/00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("partial-uploads/00112233445566778899aabbccddeeff.bin")]
    [InlineData("partial-uploads/00112233445566778899aabbccddeeff/x")]
    [InlineData("2026/partial-uploads/00112233445566778899aabbccddeeff")]
    [InlineData("00112233445566778899aabbccddeeff")]
    public void Other_names_are_not(string name) => Assert.False(PartName.Is(name));
}
